"""Accounts for the staff."""

from tests.client import body_of


def test_open_account__someone_without__named_by_the_staff_code_with_the_teachers_role(api):
    client = api.as_("officer")
    path = f"/api/v1/teachers/{api.area.things['newcomer']}/account"
    teacher = body_of(client.post(path))

    user = body_of(client.get(f"/api/v1/users/{teacher['user']}"))
    grants = body_of(client.get("/api/v1/role-grants", {"user_id": teacher["user"]}))["items"]
    assert user["username"] == teacher["staff_code"]
    assert [(each["role"], each["scope_id"]) for each in grants] == [("teacher", teacher["school"])]


def test_open_account__twice__conflict(api):
    client = api.as_("officer")
    path = f"/api/v1/teachers/{api.area.things['newcomer']}/account"
    client.post(path)
    again = client.post(path)

    assert (again.status_code, body_of(again)["code"]) == (409, "has_account")
