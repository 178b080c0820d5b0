// htmx in this house: the form's token goes along, error answers never replace a page's part, they are told.
import { tell } from "./toasts.js";

const LOST = "Mất mạng hoặc máy chủ chưa trả lời. Nội dung đang gõ còn nguyên trên trang này; thử gửi lại sau ít phút.";

export function watchHtmx(htmx, token) {
  Object.assign(htmx.config, { noSwap: [204, 304, "4xx", "5xx"], includeIndicatorCSS: false, history: false });
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (token && ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    const answer = new DOMParser().parseFromString(ctx.text ?? "", "text/html");
    const message = answer.querySelector("[data-error]") ?? answer.querySelector("main");
    tell(message?.textContent.trim() || LOST, { bad: true });
  });
  document.addEventListener("htmx:error", () => tell(LOST, { bad: true }));
}
