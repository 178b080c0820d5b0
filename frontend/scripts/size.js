// «Chữ to hơn» at once; the server's answer to the same form is for browsers without scripts.
export function watchSize() {
  for (const button of document.querySelectorAll("[data-larger]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const size = document.documentElement.dataset.size === "large" ? "normal" : "large";
      document.documentElement.dataset.size = size;
      document.cookie = `cs_size=${size};path=/;max-age=31536000;samesite=lax`;
      button.setAttribute("aria-pressed", String(size === "large"));
    });
  }
}
