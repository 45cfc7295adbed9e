"""The page's one script: shows the filter and applies it. Without it the page is complete."""

SCRIPT = """
"use strict";
(function () {
  const form = document.querySelector("form.filters");
  const cards = Array.from(document.querySelectorAll("[data-severity]"));
  if (!form || !cards.length) return;
  const shown = document.querySelector("#shown");
  const texts = new WeakMap();
  const text = function (card) {
    if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
    return texts.get(card);
  };
  const fields = ["check", "namespace", "kind"];
  const picked = function () {
    return new Set(Array.from(form.querySelectorAll("input[name=severity]:checked"), function (box) {
      return box.value;
    }));
  };
  const matches = function (card, severities, words) {
    return severities.has(card.dataset.severity)
      && fields.every(function (name) {
        return !form.elements[name].value || form.elements[name].value === "=" + card.dataset[name];
      })
      && words.every(function (word) { return text(card).includes(word); });
  };
  const remember = function () {
    const state = new URLSearchParams();
    const boxes = Array.from(form.querySelectorAll("input[name=severity]"));
    const off = boxes.filter(function (box) { return !box.checked; });
    if (off.length) state.set("severity", Array.from(picked()).join(" "));
    fields.concat("search").forEach(function (name) {
      if (form.elements[name].value) state.set(name, form.elements[name].value);
    });
    const hash = state.toString();
    history.replaceState(null, "", hash ? "#?" + hash : location.pathname + location.search);
  };
  const recall = function () {
    if (!location.hash.startsWith("#?")) return;
    const state = new URLSearchParams(location.hash.slice(2));
    if (state.has("severity")) {
      const wanted = state.get("severity").split(" ");
      form.querySelectorAll("input[name=severity]").forEach(function (box) {
        box.checked = wanted.includes(box.value);
      });
    }
    fields.concat("search").forEach(function (name) {
      if (state.has(name)) form.elements[name].value = state.get(name);
    });
  };
  const apply = function () {
    const severities = picked();
    const words = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    cards.forEach(function (card) {
      card.hidden = !matches(card, severities, words);
      count += card.hidden ? 0 : 1;
    });
    shown.textContent = count === cards.length ? "" : count + " of " + cards.length + " shown";
    document.querySelectorAll("section[data-group]").forEach(function (section) {
      section.hidden = !section.querySelector("[data-severity]:not([hidden])");
    });
  };
  form.hidden = false;
  form.addEventListener("input", function () { apply(); remember(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href^='#check-']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (target) target.open = true;
  });
  recall();
  apply();
}());
"""
