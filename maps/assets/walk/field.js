/* Field: walking metres from everywhere to the nearest open door, kept true while doors and streets open and shut. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const NOWHERE = -1;
  const DOOR = -2;

  /** A binary heap of (metres, row); one serves all fields. */
  class Heap {
    constructor() {
      this.key = new Float64Array(1024);
      this.row = new Int32Array(1024);
      this.size = 0;
    }

    push(metres, row) {
      if (this.size === this.key.length) this._grow();
      const { key, row: rows } = this;
      let at = this.size++;
      while (at > 0) {
        const up = (at - 1) >> 1;
        if (key[up] <= metres) break;
        key[at] = key[up];
        rows[at] = rows[up];
        at = up;
      }
      key[at] = metres;
      rows[at] = row;
    }

    /** Take the least away; its metres and row are then in `least` and `at`. */
    pop() {
      const { key, row: rows } = this;
      this.least = key[0];
      this.at = rows[0];
      const metres = key[--this.size], row = rows[this.size], { size } = this;
      let at = 0;
      for (;;) {
        let down = 2 * at + 1;
        if (down >= size) break;
        if (down + 1 < size && key[down + 1] < key[down]) down++;
        if (key[down] >= metres) break;
        key[at] = key[down];
        rows[at] = rows[down];
        at = down;
      }
      key[at] = metres;
      rows[at] = row;
    }

    _grow() {
      const key = new Float64Array(2 * this.size), row = new Int32Array(2 * this.size);
      key.set(this.key);
      row.set(this.row);
      Object.assign(this, { key, row });
    }
  }
  const heap = new Heap();

  /**
   * A door: {edge, along, leg, ...}, where it is tied and how far from it.
   * metres, from, door: of each row of the streets, how far it is, the row (or DOOR) it is reached from
   * (walks run the other way), and to which door. Nothing is known beyond `limit` metres.
   */
  lifecircle.Field = class {
    constructor(streets, doors, limit) {
      Object.assign(this, { streets, limit, doors: [], isOpen: [], seedsAt: new Map(), onEdge: new Map() });
      this.metres = new Float64Array(streets.rows).fill(Infinity);
      this.from = new Int32Array(streets.rows).fill(NOWHERE);
      this.door = new Int32Array(streets.rows).fill(NOWHERE);
      this.mark = new Uint8Array(streets.rows);
      this.past = null;
      this.add(doors);
      this.past = { row: [], metres: [], from: [], door: [], turns: [] };
    }

    /** Add doors, open; gives their numbers. */
    add(doors) {
      const first = this.doors.length;
      const numbers = doors.map((_, k) => first + k);
      this._turn(() => (this.doors.length = this.isOpen.length = first));
      for (const door of doors) this.doors.push(door);
      for (const number of numbers) this._open(number);
      this._spread();
      return numbers;
    }

    shut(numbers) {
      const roots = [];
      for (const number of numbers) {
        if (!this.isOpen[number]) continue;
        this._setOpen(number, false);
        this._seeds(this.doors[number], (row) => {
          if (this.from[row] === DOOR && this.door[row] === number) roots.push(row);
        });
      }
      this._raise(roots);
    }

    /** Streets whose metres have changed: `longer` ones and `shorter` ones. */
    changed(longer, shorter) {
      const roots = [], { streets } = this;
      for (const e of longer) {
        this._pairs(e, (a, b) => {
          if (this.from[b] === a) roots.push(b);
          if (this.from[a] === b) roots.push(a);
        });
        for (const number of this.onEdge.get(e) || []) {
          this._everySeed(this.doors[number], (row) => {
            if (this.from[row] === DOOR && this.door[row] === number) roots.push(row);
          });
        }
      }
      this._raise(roots);
      for (const e of shorter) {
        for (const node of [streets.u[e], streets.v[e]]) {
          if (this.metres[node] < Infinity) heap.push(this.metres[node], node);
        }
      }
      this._spread();
    }

    /** Where we are in the past: `back(to)` undoes all that came after. */
    now() {
      return this.past.row.length;
    }

    back(to) {
      const { row: rows, metres, from, door, turns } = this.past;
      while (rows.length > to) {
        const row = rows.pop();
        if (row === NOWHERE) {
          turns.pop()();
          continue;
        }
        this.metres[row] = metres.pop();
        this.from[row] = from.pop();
        this.door[row] = door.pop();
      }
    }

    /** Visit the rows that changed since then, some more than once. */
    changedSince(then, visit) {
      for (let k = then; k < this.past.row.length; k++) if (this.past.row[k] !== NOWHERE) visit(this.past.row[k]);
    }

    /** Metres from a spot on a street to the nearest door. */
    metresAt(e, along) {
      const { streets, metres } = this;
      let least = Math.min(
        metres[streets.rowInto(e, streets.u[e])] + streets.toU(e, along),
        metres[streets.rowInto(e, streets.v[e])] + streets.toV(e, along),
      );
      const beside = this.onEdge.get(e);
      if (!beside) return least;
      for (const number of beside) {
        const door = this.doors[number];
        least = Math.min(least, door.leg + streets.between(e, along, door.along));
      }
      return least;
    }

    /** The same, with the row by which one walks (or -1: straight along the street) and the door. */
    walk(e, along) {
      const { streets, metres } = this;
      const u = streets.rowInto(e, streets.u[e]), v = streets.rowInto(e, streets.v[e]);
      const byU = metres[u] + streets.toU(e, along), byV = metres[v] + streets.toV(e, along);
      const found = byU <= byV ? { metres: byU, row: u, door: this.door[u] } : { metres: byV, row: v, door: this.door[v] };
      for (const number of this.onEdge.get(e) || []) {
        const door = this.doors[number], direct = door.leg + streets.between(e, along, door.along);
        if (direct < found.metres) Object.assign(found, { metres: direct, row: NOWHERE, door: number });
      }
      return found;
    }

    /** The same by the ends of the street alone, as if it were open. */
    walkByEnds(e, along) {
      const { streets, metres } = this;
      const u = streets.rowInto(e, streets.u[e]), v = streets.rowInto(e, streets.v[e]);
      return Math.min(metres[u] + along, metres[v] + streets.length[e] - along);
    }

    /** The rows from one to the door it is nearest to. */
    rowsFrom(row) {
      const rows = [row];
      while (this.from[row] >= 0) rows.push((row = this.from[row]));
      return rows;
    }

    _open(number) {
      this._setOpen(number, true);
      this._seeds(this.doors[number], (row, metres) => this._reach(row, metres, DOOR, number));
    }

    _setOpen(number, open) {
      const was = this.isOpen[number], door = this.doors[number];
      const set = (now) => {
        this.isOpen[number] = now;
        keep(this.onEdge, door.edge, number, now);
        this._everySeed(door, (row) => keep(this.seedsAt, row, number, now));
      };
      set(open);
      this._turn(() => set(Boolean(was)));
    }

    /** Remember how to undo what is no row's. */
    _turn(undo) {
      if (!this.past) return;
      this.past.row.push(NOWHERE);
      this.past.turns.push(undo);
    }

    /** The rows at which one comes from a door onto the streets, and how far they are. */
    _seeds(door, visit) {
      const { streets } = this, e = door.edge;
      const u = door.leg + streets.toU(e, door.along), v = door.leg + streets.toV(e, door.along);
      if (u < Infinity) visit(streets.rowOut(e, streets.u[e]), u);
      if (v < Infinity) visit(streets.rowOut(e, streets.v[e]), v);
    }

    _everySeed(door, visit) {
      const { streets } = this;
      visit(streets.rowOut(door.edge, streets.u[door.edge]));
      visit(streets.rowOut(door.edge, streets.v[door.edge]));
    }

    /** The rows at both ends of an edge, on each layer that it runs on. */
    _pairs(e, visit) {
      const { streets } = this, { nodes, inners, inner } = streets, u = streets.u[e], v = streets.v[e];
      visit(u, v);
      if (!streets.gated[e]) return;
      visit(nodes + inner[u], nodes + inner[v]);
      visit(nodes + inners + inner[u], nodes + inners + inner[v]);
    }

    _write(row, metres, from, door) {
      if (this.past) {
        this.past.row.push(row);
        this.past.metres.push(this.metres[row]);
        this.past.from.push(this.from[row]);
        this.past.door.push(this.door[row]);
      }
      this.metres[row] = metres;
      this.from[row] = from;
      this.door[row] = door;
    }

    _reach(row, metres, from, door) {
      if (metres > this.limit || metres >= this.metres[row]) return;
      this._write(row, metres, from, door);
      heap.push(metres, row);
    }

    /** Dijkstra's algorithm from all that lies in the heap. */
    _spread() {
      const { streets, metres } = this, { nodes, inners, inner, first, otherAt } = streets;
      while (heap.size) {
        heap.pop();
        const row = heap.at, so_far = heap.least;
        if (so_far > metres[row]) continue;
        const layer = row < nodes ? 0 : row < nodes + inners ? 1 : 2, node = streets.nodeOf(row), door = this.door[row];
        const along = layer ? streets.within : streets.open, offset = nodes + (layer - 1) * inners;
        for (let k = first[node]; k < first[node + 1]; k++) {
          const there = so_far + along[k];
          if (there <= this.limit) this._reach(layer ? offset + inner[otherAt[k]] : otherAt[k], there, row, door);
        }
        if (layer === 1) this._reach(node, so_far, row, door);
        if (layer === 0 && inners && inner[node] >= 0) this._reach(nodes + inners + inner[node], so_far, row, door);
      }
    }

    /** Forget all rows that were reached by way of `roots`, then reach them anew. */
    _raise(roots) {
      const lost = [];
      const lose = (row) => {
        if (this.mark[row]) return;
        this.mark[row] = 1;
        lost.push(row);
      };
      roots.forEach(lose);
      for (let k = 0; k < lost.length; k++) {
        const row = lost[k];
        this._beside(row, (other) => this.from[other] === row && lose(other));
      }
      for (const row of lost) this._write(row, Infinity, NOWHERE, NOWHERE);
      for (const row of lost) this._anew(row);
      for (const row of lost) this.mark[row] = 0;
      this._spread();
    }

    /** Reach a row from those around it that were not lost, and from the doors at it. */
    _anew(row) {
      this._beside(row, (other, along) => {
        if (!this.mark[other]) this._reach(row, this.metres[other] + along, other, this.door[other]);
      });
      for (const number of this.seedsAt.get(row) || []) {
        this._seeds(this.doors[number], (at, metres) => at === row && this._reach(row, metres, DOOR, number));
      }
    }

    /** Rows next to a row, with the metres from them to it; Infinity where one only walks the other way. */
    _beside(row, visit) {
      const { streets } = this, { nodes, inners, inner, first, otherAt } = streets, node = streets.nodeOf(row);
      const layer = row < nodes ? 0 : row < nodes + inners ? 1 : 2;
      const along = layer ? streets.within : streets.open, offset = nodes + (layer - 1) * inners;
      for (let k = first[node]; k < first[node + 1]; k++) {
        const other = layer ? inner[otherAt[k]] : otherAt[k];
        if (other >= 0) visit(layer ? offset + other : other, along[k]);
      }
      if (inner[node] < 0) return;
      if (layer === 0) {
        visit(nodes + inner[node], 0);
        visit(nodes + inners + inner[node], Infinity);
      } else visit(node, layer === 2 ? 0 : Infinity);
    }
  };

  /** Put a number into, or take it out of, the list at a key. */
  function keep(lists, key, number, present) {
    const list = lists.get(key);
    const at = list ? list.indexOf(number) : NOWHERE;
    if (present && at < 0) list ? list.push(number) : lists.set(key, [number]);
    if (!present && at >= 0) list.splice(at, 1);
  }
})();
