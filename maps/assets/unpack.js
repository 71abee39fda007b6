/* Unpack: the page's data, its columns inflated and read into typed arrays. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});
  const UNKNOWN = -1;
  const PLAIN = 0, STEPS = 1, PARTS = 2, PART_STEPS = 3, FLOATS = 4, BYTES = 5, TEXTS = 6;

  /** The page's data with columns in their places; `of` ends the ids of what an element has beside them. */
  lifecircle.unpack = async function (of = "") {
    const data = JSON.parse(document.getElementById("data" + of).textContent);
    const block = document.getElementById("columns" + of);
    if (!block) return data;
    if (typeof DecompressionStream === "undefined") {
      document.getElementById("too-old" + of).hidden = false;
      throw new Error("this browser has no DecompressionStream");
    }
    const columns = lifecircle.columns(await lifecircle.inflate(block.textContent));
    block.remove(); // its text is as large as all the rest of the page
    return placed(data, columns);
  };

  /** A number that is known, else null. */
  lifecircle.known = function (number) {
    return number === UNKNOWN ? null : number;
  };

  /** Deflated bytes in base64, as the bytes they were. */
  lifecircle.inflate = async function (base64) {
    const letters = atob(base64), bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  /** Put columns where the data say {"$": number}. */
  function placed(value, columns) {
    if (value === null || typeof value !== "object") return value;
    if (typeof value.$ === "number") return columns[value.$];
    for (const key of Object.keys(value)) {
      if (typeof value[key] === "object") value[key] = placed(value[key], columns);
    }
    return value;
  }

  /** Read all columns; `maps/page/columns.py` says how they are written. */
  lifecircle.columns = function (bytes) {
    const from = { bytes, at: 0 }, found = [];
    while (from.at < bytes.length) found.push(column(from));
    return found;
  };

  function column(from) {
    const kind = from.bytes[from.at++], count = varint(from);
    if (kind === PLAIN || kind === STEPS) return integers(from, new Int32Array(count), kind === STEPS);
    if (kind === PARTS || kind === PART_STEPS) {
      const divisor = new Float64Array(cut(from, 8))[0];
      const values = integers(from, new Float64Array(count), kind === PART_STEPS);
      return divisor === 1 ? values : values.map((one) => one / divisor);
    }
    if (kind === FLOATS) return new Float64Array(cut(from, 8 * count));
    if (kind === BYTES) return new Uint8Array(cut(from, count));
    if (kind === TEXTS) return texts(from, varint(from));
    throw new Error("unknown kind of column: " + kind);
  }

  /** The next bytes, in a buffer of their own. */
  function cut(from, length) {
    return from.bytes.slice(from.at, (from.at += length)).buffer;
  }

  function texts(from, length) {
    const all = new TextDecoder().decode(cut(from, length)).split("\0");
    all.pop();
    return all;
  }

  function varint(from) {
    let value = 0, shift = 0, byte;
    do {
      byte = from.bytes[from.at++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return value >>> 0;
  }

  /** Zig-zag varints, or the sums of their steps; this loop reads millions, so it calls nothing. */
  function integers(from, into, steps) {
    const { bytes } = from, count = into.length;
    let { at } = from, last = 0;
    for (let i = 0; i < count; i++) {
      let byte = bytes[at++], value = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++];
        value |= (byte & 127) << shift;
      }
      value = (value >>> 1) ^ -(value & 1);
      last = steps ? (last + value) | 0 : value;
      into[i] = last;
    }
    from.at = at;
    return into;
  }
})();
