"""Makes the picture of the README anew: Today, wide and light, with the demo data."""
from playwright.sync_api import sync_playwright

from conftest import CHROMIUM, sign_in
from heed_dev import ROOT, Site

PICTURE = ROOT / ".readme" / "today.png"


def main():
    PICTURE.parent.mkdir(exist_ok=True)
    with Site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800}, color_scheme="light").new_page()
        sign_in(page, "demo@heed.example", "heed the demo")
        page.wait_for_url("**/")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURE)
        browser.close()
    print(PICTURE.relative_to(ROOT))


if __name__ == "__main__":
    main()
