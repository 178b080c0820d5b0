// A pressed submit button says so and takes no second press. The server refuses a form sent twice as well.
const LATER_MS = 400;
const busy = new WeakSet();

function markBusy(form, button) {
  busy.add(form);
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  const label = button.textContent;
  button.dataset.label = label;
  setTimeout(() => {
    if (button.getAttribute("aria-busy") === "true" && !button.querySelector("small")) button.textContent = "Đang gửi…";
  }, LATER_MS);
}

function free(form) {
  busy.delete(form);
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    if (button.textContent === "Đang gửi…") button.textContent = button.dataset.label;
  }
}

export function watchBusy() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || form.method === "get") return;
    if (busy.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    markBusy(form, event.submitter);
  }, true);
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    const form = ctx.sourceElement?.closest?.("form");
    if (form) free(form);
  });
  // Coming back by the browser's own button: the page is as it was left, but nothing is under way.
  addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form").forEach(free));
}
