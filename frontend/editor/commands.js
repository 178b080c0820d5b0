// What the toolbar and the keys do.
import { setBlockType, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, sinkListItem, wrapInList } from "prosemirror-schema-list";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable, mergeCells, splitCell, toggleHeaderRow } from "prosemirror-tables";
import { TextSelection } from "prosemirror-state";
import { choose } from "./pictures.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const listItem = nodes.listItem;
// What most tables of papers begin with; typed over where it does not fit.
const HEADERS = ["STT", "Nội dung", "Ghi chú"];

/** The list nearest around the cursor. */
function listAround(state) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type === nodes.bulletList || $from.node(depth).type === nodes.orderedList) return { node: $from.node(depth), at: $from.before(depth) };
  return null;
}

/** Make a list, change its kind, or lift out of it. */
const toggleList = (type) => (state, dispatch) => {
  const around = listAround(state);
  if (!around) return wrapInList(type)(state, dispatch);
  if (around.node.type === type) return liftListItem(listItem)(state, dispatch);
  dispatch?.(state.tr.setNodeMarkup(around.at, type, null));
  return true;
};

function insertTable(state, dispatch) {
  if (isInTable(state) || listAround(state)) return false;
  const cell = (type, words) => type.create(null, nodes.paragraph.create(null, words ? schema.text(words) : null));
  const empty = () => nodes.tableRow.create(null, HEADERS.map(() => cell(nodes.tableCell)));
  const header = nodes.tableRow.create(null, HEADERS.map((words) => cell(nodes.tableHeader, words)));
  if (dispatch) {
    const at = state.selection.$from.after(1);
    const change = state.tr.insert(at, [nodes.table.create(null, [header, empty(), empty()]), nodes.paragraph.create()]);
    // Into the first cell below the header: past the table's and three more openings.
    dispatch(change.setSelection(TextSelection.create(change.doc, at + 1 + header.nodeSize + 3)).scrollIntoView());
  }
  return true;
}

const inBlock = (type, attrs) => (state) => state.selection.$from.parent.hasMarkup(type, attrs);
const inList = (type) => (state) => listAround(state)?.node.type === type;
const hasMark = (type) => (state) => {
  const { from, to, empty, $from } = state.selection;
  return empty ? Boolean(type.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, type);
};
const mark = (type, label, key) => ({ label, key, run: toggleMark(type), on: hasMark(type) });

export const blocks = [
  { label: "Đoạn văn", run: setBlockType(nodes.paragraph), on: inBlock(nodes.paragraph) },
  ...[1, 2, 3].map((level) => ({ label: `Đề mục cấp ${level}`, run: setBlockType(nodes.heading, { level }), on: inBlock(nodes.heading, { level }) })),
];

export const acts = {
  bold: mark(marks.bold, "Đậm", "Ctrl+B"),
  italic: mark(marks.italic, "Nghiêng", "Ctrl+I"),
  underline: mark(marks.underline, "Gạch chân", "Ctrl+U"),
  bullets: { label: "Gạch đầu dòng", run: toggleList(nodes.bulletList), on: inList(nodes.bulletList) },
  numbers: { label: "Đánh số", run: toggleList(nodes.orderedList), on: inList(nodes.orderedList) },
  table: { label: "Chèn bảng", run: insertTable },
  picture: { label: "Chèn ảnh", run: choose },
  undo: { label: "Hoàn tác", key: "Ctrl+Z", run: undo },
  redo: { label: "Làm lại", key: "Ctrl+Y", run: redo },
};

export const tableActs = {
  row: { label: "Thêm hàng", run: addRowAfter },
  column: { label: "Thêm cột", run: addColumnAfter },
  header: { label: "Hàng tiêu đề", run: toggleHeaderRow },
  merge: { label: "Gộp ô", run: mergeCells },
  split: { label: "Tách ô", run: splitCell },
  lessRow: { label: "Xóa hàng", run: deleteRow },
  lessColumn: { label: "Xóa cột", run: deleteColumn },
  noTable: { label: "Xóa bảng", run: deleteTable },
};

export const deeper = sinkListItem(listItem);
export const shallower = liftListItem(listItem);
export { isInTable };
