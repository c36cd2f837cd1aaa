// What was typed stays on this device until it is sent: a closed tab loses nothing.
import { send } from "../pages/sending.js";
import { fill, mark, typed } from "./office.js";

const DRAFT = "krunet-application";
const form = document.getElementById("form");
const trouble = document.getElementById("trouble");
const button = form.querySelector("button");

function draft() {
  try {
    return JSON.parse(localStorage.getItem(DRAFT)) ?? {};
  } catch {
    return {}; // a browser that keeps nothing, or another's words under our name
  }
}

function keep(values) {
  try {
    if (values) localStorage.setItem(DRAFT, JSON.stringify(values));
    else localStorage.removeItem(DRAFT);
  } catch {
    // Then it is typed anew.
  }
}

form.addEventListener("input", () => keep(typed(form)));
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.disabled) return; // a second press sends nothing
  button.disabled = true;
  trouble.textContent = "";
  const { said, words, errors } = await send("POST", "/api/v1/area-applications", typed(form));
  if (said) {
    keep(null);
    location.assign(`/application#token=${said.token}`);
    return; // the button stays off while the page changes
  }
  trouble.textContent = mark(form, errors ?? []) ? form.dataset.mend : words;
  button.disabled = false;
});
fill(form, draft());
