// Pictures in the text: chosen, pasted or dropped, sent to the server, which writes them afresh; their size and words.
import { NodeSelection, Plugin } from "prosemirror-state";
import { schema, SIZES } from "./schema.js";

const isPicture = (file) => file.type.startsWith("image/");
const say = (form, words) => form.dispatchEvent(new CustomEvent("congso:say", { detail: words }));

/** A draft that was never saved has no place for a picture yet. */
function whenKept(form) {
  if (Number(form.elements.namedItem("version")?.value)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    form.addEventListener("congso:kept", ({ detail }) => (detail ? resolve() : reject(new Error())), { once: true });
    form.dispatchEvent(new CustomEvent("congso:keep"));
  });
}

async function send(form, file) {
  const body = new FormData();
  body.append("picture", file);
  const token = form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "";
  const answer = await fetch(form.dataset.pictureUrl, { method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": token } });
  if (answer.ok && !answer.redirected) return answer.json();
  throw new Error(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-error]")?.textContent.trim());
}

async function insert(view, files) {
  const form = view.dom.closest("form");
  try {
    say(form, "Đang gửi ảnh…");
    await whenKept(form);
    for (const file of files) {
      const attrs = await send(form, file);
      view.dispatch(view.state.tr.replaceSelectionWith(schema.nodes.image.create(attrs)).scrollIntoView());
    }
    say(form, "Đã chèn ảnh");
  } catch (error) {
    say(form, error.message || "Chưa gửi được ảnh. Lưu nháp rồi chèn lại.");
  }
}

/** Take the pictures of a paste or a drop; say whether there were any and no text beside. */
function take(view, data) {
  const files = [...(data?.files ?? [])].filter(isPicture);
  if (!files.length || data.getData("text/html") || !view.dom.closest("form").dataset.pictureUrl) return false;
  insert(view, files);
  return true;
}

export const takesPictures = () => new Plugin({ props: { handlePaste: (view, event) => take(view, event.clipboardData), handleDrop: (view, event) => take(view, event.dataTransfer) } });

export const chosenPicture = (state) => state.selection instanceof NodeSelection && state.selection.node.type === schema.nodes.image ? state.selection : null;

const change = (attrs) => (state, dispatch) => {
  const chosen = chosenPicture(state);
  if (!chosen) return false;
  if (dispatch) {
    const changed = state.tr.setNodeMarkup(chosen.from, null, { ...chosen.node.attrs, ...attrs });
    dispatch(changed.setSelection(NodeSelection.create(changed.doc, chosen.from)));
  }
  return true;
};

export const pictureActs = SIZES.map(([label, width]) => ({ label, run: change({ width }), on: (state) => chosenPicture(state)?.node.attrs.width === width }));

/** The field for what a picture shows, for who does not see it. */
export function describer(view) {
  const made = document.createElement("input");
  made.className = "form-control cs-ed__alt";
  made.maxLength = 300;
  made.placeholder = "Ảnh cho thấy gì";
  made.setAttribute("aria-label", "Mô tả ảnh");
  made.addEventListener("change", () => change({ alt: made.value.normalize("NFC") })(view.state, view.dispatch));
  // A field of the toolbar is none of the form.
  made.addEventListener("input", (event) => event.stopPropagation());
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return event.key === "Escape" || event.stopPropagation();
    event.preventDefault();
    view.focus();
  });
  return made;
}

/** Ask for files and put them in. */
export function choose(_state, dispatch, view) {
  if (!dispatch || !view) return true;
  const input = document.createElement("input");
  input.type = "file";
  input.accept = "image/*";
  input.multiple = true;
  input.addEventListener("change", () => insert(view, input.files));
  input.click();
  return true;
}
