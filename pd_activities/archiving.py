"""What stays behind of activities when an area leaves."""

from tenants.archive.contents import SECRET, keeps_secret

keeps_secret(SECRET, "pd_activities_trainingsession", "code_secret")
