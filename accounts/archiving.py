"""What stays behind of accounts when an area leaves: whatever opens something here."""

from tenants.archive.contents import SECRET, keeps_secret, leaves_out

leaves_out(SECRET, "accounts_session", "accounts_accessslip")
keeps_secret(SECRET, "accounts_user", "password")
keeps_secret(SECRET, "accounts_invitation", "token_digest")
keeps_secret(SECRET, "operator_access_operatoraccess", "token_digest")
