// Ticked rows: the bar shows how many, and the one act for them.
export function watchBulk() {
  for (const form of document.querySelectorAll("[data-bulk]")) {
    const bar = form.querySelector("[data-bulk-bar]");
    if (!bar) continue;
    const all = form.querySelector("[data-bulk-all]");
    const boxes = () => [...form.querySelectorAll(`input[name="${form.dataset.bulk || "chosen"}"]`)];
    const show = () => {
      const chosen = boxes().filter((box) => box.checked);
      bar.hidden = chosen.length === 0;
      bar.querySelector("[data-bulk-count]").textContent = chosen.length;
      for (const box of boxes()) box.closest("tr")?.classList.toggle("is-on", box.checked);
      if (all) {
        all.checked = chosen.length > 0 && chosen.length === boxes().length;
        all.indeterminate = chosen.length > 0 && !all.checked;
      }
    };
    all?.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
    });
    form.addEventListener("change", show);
    bar.querySelector("[data-bulk-clear]")?.addEventListener("click", () => {
      for (const box of boxes()) box.checked = false;
      show();
    });
    show();
  }
}
