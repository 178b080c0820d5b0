// What every desk page runs: htmx, and the habits of the house.
import htmx from "htmx.org/dist/htmx.esm.js";
import { watchBulk } from "./bulk.js";
import { watchBusy } from "./busy.js";
import { watchDialogs } from "./dialogs.js";
import { watchDays } from "./days.js";
import { watchFields } from "./fields.js";
import { watchHtmx } from "./server.js";
import { watchKeys } from "./keys.js";
import { watchPickers } from "./picker.js";
import { watchSize } from "./size.js";
import { watchTallies } from "./tally.js";
import { watchToasts } from "./toasts.js";

const { csrf, day } = document.currentScript.dataset;
watchHtmx(htmx, csrf);
watchDays(day);
for (const watch of [watchBusy, watchDialogs, watchToasts, watchFields, watchBulk, watchPickers, watchSize, watchTallies, watchKeys]) watch();
