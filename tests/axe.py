"""What axe finds on a page in the browser, and a page that is wider than its screen: one reader for every journey."""

from axe_playwright_python.sync_playwright import Axe

AXE = Axe().axe_script
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}}  # axe leaves the size of targets out unless asked
# The rules that ran, and what they found.
RUN = """async options => {
  const results = await axe.run({...options, resultTypes: ["violations"]})
  const ran = [...results.passes, ...results.violations, ...results.incomplete].map(rule => rule.id)
  const found = results.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))
  return [ran, found]
}"""


def look(page, options=OPTIONS):
    """`(the rules that ran, the faults)` of a page that has arrived: a click returns when the next page begins, not when it is there."""
    page.wait_for_load_state("load")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(RUN, options)


def faults(page):
    """All that axe finds on a page, and whether it is wider than the screen: a list of sentences, empty if all is well."""
    _, found = look(page)
    return found + ["wider than the screen"] * page.evaluate("document.documentElement.scrollWidth > innerWidth")
