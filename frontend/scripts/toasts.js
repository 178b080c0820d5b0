// Short reports: they go after six seconds, but stay while somebody reads them with focus or pointer.
const STAYS_MS = 6000;

export function tell(text, { bad = false } = {}) {
  const toast = document.createElement("div");
  toast.className = bad ? "cs-toast cs-toast--bad" : "cs-toast";
  toast.dataset.toast = "";
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "cs-toast__x";
  close.dataset.close = "";
  close.setAttribute("aria-label", "Đóng");
  close.textContent = "×";
  toast.append(words, close);
  document.getElementById("toasts")?.append(toast);
  leaveLater(toast, bad);
}

function leaveLater(toast, stays) {
  if (stays) return;
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, STAYS_MS) : toast.remove());
  setTimeout(leave, STAYS_MS);
}

export function watchToasts() {
  for (const toast of document.querySelectorAll("[data-toast]")) leaveLater(toast, toast.matches(".cs-toast--bad"));
  document.addEventListener("click", (event) => event.target.closest("[data-toast] [data-close]")?.closest("[data-toast]").remove());
}
