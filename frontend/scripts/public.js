// What public pages run: no htmx, no single-letter keys.
import { watchBusy } from "./busy.js";
import { watchDialogs } from "./dialogs.js";
import { watchFields } from "./fields.js";
import { watchSize } from "./size.js";
import { watchToasts } from "./toasts.js";

for (const watch of [watchBusy, watchDialogs, watchToasts, watchFields, watchSize]) watch();
