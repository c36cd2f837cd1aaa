// What was typed stays on this device until it is sent: a closed tab loses nothing.
import { send } from "../pages/sending.js";

const DRAFT = "krunet-application";
const form = document.getElementById("form");
const trouble = document.getElementById("trouble");
const button = form.querySelector("button");

function typed() {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
}

function restore() {
  const draft = JSON.parse(localStorage.getItem(DRAFT) ?? "{}");
  for (const input of form.elements) {
    if (!(input.name in draft)) continue;
    if (input.type === "radio") input.checked = input.value === draft[input.name];
    else input.value = draft[input.name];
  }
}

function mark(errors) {
  for (const place of form.querySelectorAll("[data-of]")) {
    const told = errors.filter((each) => each.pointer === `/${place.dataset.of}`);
    place.textContent = told.map((each) => each.detail).join(" ");
    const input = form.querySelector(`[name=${place.dataset.of}]`);
    input.setAttribute("aria-invalid", String(told.length > 0));
  }
  form.querySelector("[aria-invalid=true]")?.focus();
}

form.addEventListener("input", () => localStorage.setItem(DRAFT, JSON.stringify(typed())));
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.disabled) return; // a second press sends nothing
  button.disabled = true;
  trouble.textContent = "";
  const { said, words, errors } = await send("POST", "/api/v1/area-applications", typed());
  if (said) {
    localStorage.removeItem(DRAFT);
    location.assign(`/application#token=${said.token}`);
    return; // the button stays off while the page changes
  }
  mark(errors ?? []);
  trouble.textContent = errors?.length ? form.dataset.mend : words;
  button.disabled = false;
});
restore();
