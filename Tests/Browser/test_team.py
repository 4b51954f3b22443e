"""A team: invited by mail, joined, given a role, away, and left again (issue 10, part 1)."""
import re

import pytest
from playwright.sync_api import expect

from conftest import links
from test_pages import SHIFT, check


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_colleague_is_invited_joins_gets_a_role_and_leaves(page, tab, desk, script):
    address = f"carla-{'s' if script else 'n'}-{desk.mark:%H%M%S}@heed.example"
    page.goto("/settings/members")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Role", exact=True).select_option("agent")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("status")).to_contain_text(address)
    desk.work()
    link = next(link for link in links(desk.mail(address, "invited")) if "/invitations/" in link)
    other = tab(java_script_enabled=script)
    if script:
        other.add_init_script(SHIFT)
        assert check(other, link) == []
    other.goto(link)
    other.get_by_label("What should we call you?").fill("Carla")
    other.get_by_label("Password").fill("eight blue kettles")
    other.get_by_role("button", name="Join the team").click()
    expect(other).to_have_url(re.compile(r"/$"))
    assert other.goto("/settings/members").status == 403
    if script:
        assert check(other, "/settings/team") == []
    other.goto("/settings/team")
    other.get_by_label("Away until").fill("in 3 days")
    other.get_by_role("button", name="I am away").click()
    expect(other.locator("tr", has_text="Carla")).to_contain_text("away until")
    page.goto("/settings/members")
    page.get_by_label("Role of Carla", exact=True).select_option("viewer")
    page.get_by_role("button", name="Role of Carla: Save").click()
    expect(page.get_by_label("Role of Carla", exact=True)).to_have_value("viewer")
    other.goto("/settings/team")
    other.get_by_role("button", name="Leave the team").click()
    expect(other.get_by_role("status")).to_contain_text("You have left the team")
    page.goto("/settings/members")
    assert page.get_by_text(address).count() == 0
