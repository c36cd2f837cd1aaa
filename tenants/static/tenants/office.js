// What an office tells about itself: read from a form, put back into it, and marked where it is wrong.
export function typed(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return Object.fromEntries(pairs.map(([name, value]) => [name, value.trim()]));
}

export function fill(form, values) {
  for (const input of form.elements) {
    if (!(input.name in values)) continue;
    if (input.type === "radio") input.checked = input.value === values[input.name];
    else input.value = values[input.name];
  }
}

// The words of the API beside each field that they are about; whether there were any.
export function mark(form, errors) {
  for (const place of form.querySelectorAll("[data-of]")) {
    const told = errors.filter((each) => each.pointer === `/${place.dataset.of}`);
    place.textContent = told.map((each) => each.detail).join(" ");
    for (const input of form.querySelectorAll(`[name=${place.dataset.of}]`)) {
      input.setAttribute("aria-invalid", String(told.length > 0));
    }
  }
  const first = form.querySelector("[aria-invalid=true]");
  const folded = first?.closest("details");
  if (folded) folded.open = true;
  first?.focus();
  return Boolean(first);
}
