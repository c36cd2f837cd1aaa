#!/bin/sh
# The application's role owns its database but is no superuser; areas' roles are made by it.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v password="$KRUNET_PASSWORD" <<'SQL'
CREATE ROLE krunet LOGIN NOSUPERUSER CREATEROLE PASSWORD :'password';
CREATE DATABASE krunet OWNER krunet;
SQL
