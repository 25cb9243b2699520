// The grid of a register: any columns, with the choices that stand in the page.
import { optionsOf, startGrid } from "./grid_desk.js";

startGrid(document.getElementById("register-grid"), {
  choicesOf: (_row, field) => (document.getElementById(`choices-${field}`) ? optionsOf(`choices-${field}`) : null),
  onChange: () => {},
  show: () => {},
});
