from importlib import import_module

Migration = import_module("tests.tenants.migrations.tomorrow.0002_title_once").Migration
