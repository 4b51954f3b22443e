"""Makes the pictures of the README anew, wide and light, with the demo data: Today, and a draft that waits."""
from playwright.sync_api import sync_playwright

from conftest import CHROMIUM, sign_in
from heed_dev import ROOT, Site

FOLDER = ROOT / ".readme"


def main():
    FOLDER.mkdir(exist_ok=True)
    with Site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800}, color_scheme="light").new_page()
        sign_in(page, "demo@heed.example", "heed the demo")
        page.wait_for_url("**/")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / "today.png")
        page.goto("/drafts")
        page.locator("[data-draft] a").first.click()
        page.wait_for_url("**/drafts/*-*")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / "draft.png")
        browser.close()


if __name__ == "__main__":
    main()
