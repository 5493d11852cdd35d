"""What a reader's eye and finger find on an open page; each question answers with what is wrong, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playwright.sync_api import Locator, Page

FINGER = 44  # CSS pixels (WCAG 2.5.5)
SHIFTING = 0.1  # cumulative layout shift from which Lighthouse takes points
MARGIN = 12  # CSS pixels between the text and the edge of the screen

_COUNT_SHIFTS = """
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; }))
        .observe({ type: 'layout-shift', buffered: true });
"""

_DRAWN = "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"

_SMALL = """(finger) => Array.from(document.querySelectorAll("a[href], button, select, summary, input, textarea, label"))
    .filter((one) => one.checkVisibility({ checkVisibilityCSS: true, opacityProperty: true }))
    .filter((one) => !one.closest(".cards li, .md-sidebar--primary"))
    .filter((one) => !(one.matches("label") && !one.querySelector("input")) && !(one.matches("input") && one.closest("label")))
    .filter((one) => {
        if (!one.matches("a") || getComputedStyle(one).display !== "inline") return true;
        const around = one.closest("p, li, th, td, dd, dt, h1, h2, h3, h4, div").textContent.trim();
        return around === one.textContent.trim();
    })
    .concat(Array.from(document.querySelectorAll(".cards li")))
    .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && box.right > 0)
    .filter(([, box]) => box.height < finger - 0.5 || box.width < finger - 0.5)
    .map(([html, box]) => html + " " + Math.round(box.width) + "×" + Math.round(box.height))"""

_MOVING = """() => Array.from(document.querySelectorAll("*")).filter((one) => {
    const style = getComputedStyle(one);
    const long = (value) => value.split(",").some((part) => parseFloat(part) > 0.01);
    return (style.animationName !== "none" && long(style.animationDuration))
        || long(style.transitionDuration) || style.scrollBehavior === "smooth";
}).map((one) => one.outerHTML.slice(0, 80))"""

_EDGES = """() => {
    const text = document.createRange();
    const left = (selector) => Array.from(document.querySelectorAll(selector))
        .filter((one) => one.checkVisibility())
        .map((one) => { text.selectNodeContents(one); return text.getBoundingClientRect().left; });
    const column = document.querySelector(".md-content__inner").getBoundingClientRect();
    const heads = left(".md-content h1, .md-sidebar--secondary .md-nav__title, .policy-contents__title");
    const first = Math.min(...heads.filter((one) => one > 0));
    const foot = document.querySelector(".md-copyright");
    const edge = foot.getBoundingClientRect().left + parseFloat(getComputedStyle(foot).paddingLeft);
    return [first, column.right, edge, document.documentElement.scrollWidth];
}"""


def drawn(page: Page) -> None:
    """Wait until the browser has drawn what the page is now."""
    page.evaluate(_DRAWN)


def count_shifts(page: Page) -> None:
    """Count from its first byte on how far what stands on a page moves; ask before it is opened."""
    page.add_init_script(_COUNT_SHIFTS)


def shifted(page: Page) -> float:
    """Cumulative layout shift so far, as Lighthouse counts it; of a page that `count_shifts` was asked of."""
    return float(page.evaluate("window.shift"))


def too_wide(page: Page, width: int) -> str:
    """By how much a page is wider than the screen."""
    whole = int(page.evaluate("document.documentElement.scrollWidth"))
    return f"{whole} wide on a screen of {width}" if whole > width else ""


def in_window(shown: Locator) -> bool:
    """Whether what is shown stands in the window, all of it."""
    box, window = shown.bounding_box(), shown.page.viewport_size
    assert box
    assert window
    return (
        box["x"] >= 0
        and box["x"] + box["width"] <= window["width"]
        and box["y"] >= 0
        and box["y"] + box["height"] <= window["height"]
    )


def too_small(page: Page) -> list[str]:
    """What stands alone and is too small for a finger.

    A link inside a sentence is excepted (WCAG 2.5.5); a card is one target, all of it.
    """
    return list(page.evaluate(_SMALL, FINGER))


def moving(page: Page) -> list[str]:
    """What moves by itself."""
    return list(page.evaluate(_MOVING))


def astray(page: Page, widths: Sequence[int], height: int = 900) -> Iterator[str]:
    """At which of some widths a page is too wide, ends at the edge of the screen or begins further left than the footer."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": height})
        drawn(page)
        left, right, foot, whole = page.evaluate(_EDGES)
        if whole > width or right > width - MARGIN or left < foot - 1:
            yield f"{width}: from {left} (the footer: {foot}) to {right}, {whole} wide"
