// The habits of the house on every page of the desk, whether or not it carries htmx.
import { watchBulk } from "./bulk.js";
import { watchBusy } from "./busy.js";
import { watchDialogs } from "./dialogs.js";
import { watchDays } from "./days.js";
import { watchFields } from "./fields.js";
import { watchKeys } from "./keys.js";
import { watchPickers } from "./picker.js";
import { watchRemarks } from "./remarks.js";
import { watchSize } from "./size.js";
import { watchTallies } from "./tally.js";
import { watchToasts } from "./toasts.js";

export function watchHouse(day) {
  watchDays(day);
  for (const watch of [watchBusy, watchDialogs, watchToasts, watchFields, watchBulk, watchPickers, watchRemarks, watchSize, watchTallies, watchKeys]) watch();
}
