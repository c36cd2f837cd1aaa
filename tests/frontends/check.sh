#!/usr/bin/env bash
# The part of `make check` that needs Node and Chromium: the OpenAPI documents are fresh and lint
# clean, a TypeScript client made from them compiles strictly, the pages work in a real browser.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --no-progress --silent
npm run --silent lint
npm run --silent generate
npm run --silent compile

cd ../..
mkdir -p .krunet/pages
python -m pytest -o "python_files=page_*.py" --basetemp=.krunet/pages/site tests/pages
