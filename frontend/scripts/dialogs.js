// Questions before an act: a button names the dialog it opens; the browser keeps the focus inside and gives it back.
export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    event.target.closest("dialog [data-close]")?.closest("dialog").close();
  });
  for (const link of document.querySelectorAll("[data-back]")) {
    link.hidden = history.length < 2;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.back();
    });
  }
}
