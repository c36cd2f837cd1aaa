// Sends what stands behind the # of the address, and the password if one is chosen, to the API.
"use strict";

const form = document.querySelector("form");
const told = form.querySelector("[role=alert]");
const held = new URLSearchParams(location.hash.slice(1));

for (const [name, value] of held) {
  if (form.elements[name]) form.elements[name].value = value;
}

async function send() {
  const body = form.elements.chosen ? { [form.dataset.password]: form.elements.chosen.value } : {};
  if (held.has("token")) body.token = held.get("token");
  for (const name of ["login", "code"]) {
    if (form.elements[name]) body[name] = form.elements[name].value.trim();
  }
  const headers = { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang };
  const answer = await fetch(form.dataset.sendsTo, { method: "POST", headers, body: JSON.stringify(body) });
  const said = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) {
    const details = said.errors.map((each) => each.detail);
    told.textContent = details.length ? details.join(" ") : said.detail;
    return;
  }
  history.replaceState(null, "", location.pathname);
  form.hidden = true;
  document.getElementById("done").hidden = false;
  if (said.session_token) {
    // The app signs in for itself; this page keeps no session.
    await fetch("/api/v1/auth/sign-out", { method: "POST", headers: { Authorization: `Bearer ${said.session_token}` } });
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  told.textContent = "";
  try {
    await send();
  } catch {
    told.textContent = form.dataset.offline;
  } finally {
    button.disabled = false;
  }
});
