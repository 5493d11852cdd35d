// Loads the page anew after the next build of the preview. Only the preview puts it into pages.
(() => {
  const ours = document.currentScript.dataset.build;

  async function look() {
    try {
      const answer = await fetch("/__preview__/build", { cache: "no-store" });
      if (answer.ok && (await answer.text()) !== ours) {
        location.reload();
        return;
      }
    } catch {
      // The preview was ended; it may be started again.
    }
    setTimeout(look, 1000);
  }

  look();
})();
