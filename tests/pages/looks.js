// What a thumb, a small screen and tired eyes would complain about, as a list of sentences.
(leastTarget, leastContrast) => {
  const found = [];
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
  const told = (element) => `${element.tagName} “${(element.textContent || element.name).trim().slice(0, 40)}”`;

  if (document.documentElement.scrollWidth > innerWidth) found.push(`scrolls sideways: ${document.documentElement.scrollWidth} px`);

  for (const element of document.querySelectorAll("a[href], button, input, textarea, select, summary")) {
    const isInText = element.tagName === "A" && element.closest("p, pre");
    const choice = element.matches("[type=radio], [type=checkbox]");
    const target = choice ? element.closest("label") : element;
    if (!isSeen(target) || isInText) continue;
    const { width, height } = target.getBoundingClientRect();
    if (width < leastTarget || height < leastTarget) found.push(`${told(element)}: ${Math.round(width)} × ${Math.round(height)} px`);
  }

  const numbers = (color) => (color.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const light = (color) => {
    const [r, g, b] = numbers(color).map((each) => each / 255).map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (numbers(color)[3] !== 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim());
    if (!hasText || !isSeen(element) || element.matches(":disabled") || element.closest("svg, noscript")) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < leastContrast) found.push(`${told(element)}: contrast ${contrast.toFixed(1)}`);
  }
  return found;
}
