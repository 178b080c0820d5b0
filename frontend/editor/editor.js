// Turns each textarea marked data-editor="NAME" into a page that is written in; the tree goes as JSON into the hidden
// field NAME of the same form. Without this script the textarea stays and is sent as it is.
import { baseKeymap } from "prosemirror-commands";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { splitListItem } from "prosemirror-schema-list";
import { EditorState } from "prosemirror-state";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { acts, deeper, shallower } from "./commands.js";
import { cleanHtml, cleanText } from "./paste.js";
import { takesPictures } from "./pictures.js";
import { fromJson, fromText, pictures, schema } from "./schema.js";
import { toolbar } from "./toolbar.js";

function lineBreak(state, dispatch) {
  dispatch?.(state.tr.replaceSelectionWith(schema.nodes.hardBreak.create()).scrollIntoView());
  return true;
}

const keys = {
  "Mod-z": acts.undo.run,
  "Mod-y": acts.redo.run,
  "Mod-Shift-z": acts.redo.run,
  "Mod-b": acts.bold.run,
  "Mod-i": acts.italic.run,
  "Mod-u": acts.underline.run,
  "Mod-]": deeper,
  "Mod-[": shallower,
  Enter: splitListItem(schema.nodes.listItem),
  "Shift-Enter": lineBreak,
  Tab: goToNextCell(1),
  "Shift-Tab": goToNextCell(-1),
};

function labelled(area) {
  const label = area.labels[0];
  if (!label) return {};
  label.id ||= `${area.id}-label`;
  return { "aria-labelledby": label.id };
}

/** What led to the textarea, its label and the links of the list of errors, leads to the page now. */
function takePlace(area, view) {
  const label = area.labels[0];
  label?.addEventListener("click", () => view.focus());
  label?.removeAttribute("for");
  area.hidden = area.disabled = true;
  const { id } = area;
  area.id = `${id}-plain`;
  view.setProps({ attributes: { ...view.props.attributes, id } });
}

function mount(area) {
  const { pictureAddress = "" } = area.form.dataset;
  pictures.addressOf = (sha256) => pictureAddress.replace("SHA", sha256);
  const hidden = area.form.elements.namedItem(area.dataset.editor);
  const typedMeanwhile = area.value !== area.defaultValue;
  const doc = (!typedMeanwhile && fromJson(hidden.value)) || fromText(area.value);
  const frame = document.createElement("div");
  frame.className = "cs-ed";
  area.before(frame);
  const notes = area.getAttribute("aria-describedby");
  const view = new EditorView(frame, {
    state: EditorState.create({ doc, plugins: [keymap(keys), keymap(baseKeymap), history(), tableEditing(), takesPictures(), toolbar()] }),
    attributes: {
      class: "cs-ed__page",
      role: "textbox",
      "aria-multiline": "true",
      lang: "vi",
      spellcheck: "false",
      ...labelled(area),
      ...(notes && { "aria-describedby": notes }),
      ...(area.ariaInvalid === "true" && { "aria-invalid": "true" }),
    },
    transformPastedHTML: cleanHtml,
    transformPastedText: cleanText,
    dispatchTransaction(change) {
      view.updateState(view.state.apply(change));
      if (!change.docChanged) return;
      hidden.value = JSON.stringify(view.state.doc);
      hidden.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  hidden.value = JSON.stringify(doc);
  const wasThere = document.activeElement === area;
  takePlace(area, view);
  if (wasThere) view.focus();
}

for (const area of document.querySelectorAll("textarea[data-editor]")) mount(area);
