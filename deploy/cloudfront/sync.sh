#!/bin/sh
# BUCKET=my-bucket DISTRIBUTION=E123 sh deploy/cloudfront/sync.sh uploads dist/ to S3: first what pages need, then the pages.
set -eu
site="s3://$BUCKET"
put() { aws s3 sync dist "$site" --exclude "*" "$@"; }

# First the files with a hash in their names. None is removed, so that a cached page still finds its files.
put --include "_astro/*" --cache-control "public, max-age=31536000, immutable"
put --include "js/v1/*" --cache-control "public, max-age=600"
# Endings that the machine's own list may lack.
rest() { put --include "$1" --exclude "_astro/*" --exclude "js/v1/*" --cache-control "no-cache" --content-type "$2"; }
rest "*.webmanifest" "application/manifest+json"
rest "*.bib" "text/x-bibtex; charset=utf-8"
rest "*.csv" "text/csv; charset=utf-8"
rest "*.txt" "text/plain; charset=utf-8"
rest "*.apkg" "application/octet-stream"
rest "*.imscc" "application/octet-stream"
# Browsers load modules only if their type is JavaScript.
aws s3 cp dist "$site" --recursive --exclude "*" --include "*.mjs" --cache-control "public, max-age=600" --content-type "text/javascript; charset=utf-8"
aws s3 cp dist "$site" --recursive --exclude "*" --include "*.woff2" --cache-control "public, max-age=31536000, immutable" --content-type "font/woff2"
# Everything else. Files that are gone are removed, except those with a hash in their names.
aws s3 sync dist "$site" --delete --exclude "_astro/*" --exclude "js/v1/*" --exclude "_headers" --exclude "sw.js" --cache-control "no-cache"
# Last, because a browser that keeps the site offline fetches all files that this one lists.
aws s3 cp dist/sw.js "$site/sw.js" --cache-control "no-cache"
aws cloudfront create-invalidation --distribution-id "$DISTRIBUTION" --paths "/*"
