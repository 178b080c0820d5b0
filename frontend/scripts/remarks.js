// Words marked in a passage become the passage of its remark.
export function watchRemarks() {
  const take = () => {
    const chosen = document.getSelection();
    const words = chosen?.toString().trim();
    const place = words && chosen.anchorNode?.parentElement?.closest("[data-passage]");
    if (!place || !place.contains(chosen.focusNode)) return;
    const remark = place.closest("[data-remark]");
    remark.open = true;
    remark.querySelector("[name=passage]").value = words;
  };
  document.addEventListener("mouseup", take);
  document.addEventListener("keyup", (event) => event.shiftKey && take());
  // Marking words ends in a click on the summary, which would close it again.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-passage]") && document.getSelection()?.toString().trim()) event.preventDefault();
  });
}
