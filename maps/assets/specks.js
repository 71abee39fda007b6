/* Specks: very many very small squares, written straight into the pixels of the sheet. */
(function () {
  "use strict";
  const lifecircle = (window.lifecircle = window.lifecircle || {});

  /** "#0072B2" as a pixel of an image's memory, opaque. */
  function pixel(colour) {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    return new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0];
  }

  lifecircle.Specks = class {
    constructor(view, radius) {
      const { width, height } = view.g.canvas;
      this.view = view;
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
      this.side = Math.max(Math.round(2 * radius * view.ratio), 1);
      // From the world to the middle pixel of a square, in device pixels.
      this.scale = view.scale * view.ratio;
      this.left = (view.left + view.min.x) * view.ratio + this.side / 2;
      this.top = (view.top + view.min.y) * view.ratio + this.side / 2;
    }

    colour(hex) {
      this.fill = pixel(hex);
    }

    /** Put one square; what would leave the sheet is left out. */
    put(x, y) {
      const { side, fill, pixels } = this, { width, height } = this.image;
      const column = Math.round(x * this.scale - this.left), row = Math.round(y * this.scale - this.top);
      if (column < 0 || row < 0 || column + side > width || row + side > height) return;
      for (let line = row; line < row + side; line++) {
        const at = line * width + column;
        for (let dot = at; dot < at + side; dot++) pixels[dot] = fill;
      }
    }

    /** Lay the squares over what is drawn. */
    show() {
      const { g } = this.view, layer = document.createElement("canvas");
      layer.width = this.image.width;
      layer.height = this.image.height;
      layer.getContext("2d").putImageData(this.image, 0, 0);
      g.save();
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.drawImage(layer, 0, 0);
      g.restore();
    }
  };
})();
