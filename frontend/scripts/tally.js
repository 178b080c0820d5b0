// A button that says how many are ticked: <span data-tally="chosen" data-tally-text="Ký {n} văn bản">.
export function watchTallies() {
  for (const place of document.querySelectorAll("[data-tally]")) {
    const form = place.closest("form");
    const tell = () => {
      const ticked = form.querySelectorAll(`input[name="${place.dataset.tally}"]:checked`).length;
      place.textContent = place.dataset.tallyText.replace("{n}", ticked);
    };
    form.addEventListener("change", tell);
    tell();
  }
}
