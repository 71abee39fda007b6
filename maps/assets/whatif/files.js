/* Files: a scenario saved and opened, the table of candidates saved, work kept over a reload. */
(function () {
  "use strict";
  const lifecircle = window.lifecircle;
  const MOST_BYTES = 20e6;

  /** Hand a text to the reader as a file. */
  lifecircle.download = function (name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  /** A name that any file system takes. */
  lifecircle.fileName = (text, end) => text.replace(/[^\p{L}\p{N}_-]+/gu, " ").trim().slice(0, 60).replace(/ /g, "_") + end;

  /** Let a file be chosen, or dropped on `ground`; `read(text, name)` gets it, `failed()` hears that it could not be read. */
  lifecircle.fileInto = function (input, ground, read, failed) {
    const take = (file) => {
      if (!file) return;
      if (file.size > MOST_BYTES) return failed();
      file.text().then((text) => read(text, file.name.replace(/\.[^.]*$/, "")), failed);
    };
    input.addEventListener("change", () => {
      take(input.files[0]);
      input.value = ""; // so that the same file can be chosen again
    });
    ground.addEventListener("dragover", (event) => event.preventDefault());
    ground.addEventListener("drop", (event) => {
      event.preventDefault();
      take(event.dataTransfer.files[0]);
    });
  };

  /** Work in progress, kept for this tab where the browser allows it; where not, silently not. */
  lifecircle.Memory = class {
    constructor(page) {
      this.key = "lifecircle what-if " + page;
    }

    keep(work) {
      try {
        sessionStorage.setItem(this.key, JSON.stringify(work));
      } catch {
        // No room, or not allowed: the work is kept by saving it.
      }
    }

    recall() {
      try {
        return JSON.parse(sessionStorage.getItem(this.key));
      } catch {
        return null;
      }
    }
  };
})();
