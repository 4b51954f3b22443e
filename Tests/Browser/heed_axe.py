"""axe, asked for what is wrong and nothing else: what is right, with every node of it, took more time than looking."""
from axe_playwright_python.base import AxeBase, AxeResults

RUN = """async options => ({ violations: (await axe.run(document, { resultTypes: ["violations"], ...options })).violations
  .map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ target }) => ({ target })) })) })"""


class Axe(AxeBase):
    def run(self, page, options):
        # Once for each page: a second look at it, in other colours, finds it there.
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(self.axe_script)
        return AxeResults(page.evaluate(RUN, options))
