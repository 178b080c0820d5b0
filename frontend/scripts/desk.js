// What every desk page runs: htmx, and the habits of the house.
import htmx from "htmx.org/dist/htmx.esm.js";
import { watchHouse } from "./house.js";
import { watchHtmx } from "./server.js";

const { csrf, day } = document.currentScript.dataset;
watchHtmx(htmx, csrf);
watchHouse(day);
