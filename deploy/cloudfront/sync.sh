#!/bin/sh
# BUCKET=my-bucket DISTRIBUTION=E123 sh deploy/cloudfront/sync.sh: puts dist/ into S3, what pages need before the pages.
set -eu
site="s3://$BUCKET"
put() { aws s3 sync dist "$site" --exclude "*" "$@"; }

# Hashed names first, and none is taken away: a page in somebody's cache still finds its files.
put --include "_astro/*" --cache-control "public, max-age=31536000, immutable"
put --include "js/v1/*" --cache-control "public, max-age=600"
# What the machine's own list of endings may not know.
rest() { put --include "$1" --exclude "_astro/*" --exclude "js/v1/*" --cache-control "no-cache" --content-type "$2"; }
rest "*.webmanifest" "application/manifest+json"
rest "*.bib" "text/x-bibtex; charset=utf-8"
rest "*.csv" "text/csv; charset=utf-8"
rest "*.txt" "text/plain; charset=utf-8"
rest "*.apkg" "application/octet-stream"
rest "*.imscc" "application/octet-stream"
# Modules have to be JavaScript by their type, or a browser refuses them.
aws s3 cp dist "$site" --recursive --exclude "*" --include "*.mjs" --cache-control "public, max-age=600" --content-type "text/javascript; charset=utf-8"
aws s3 cp dist "$site" --recursive --exclude "*" --include "*.woff2" --cache-control "public, max-age=31536000, immutable" --content-type "font/woff2"
# Everything else; of what is gone, only outside of the hashed names.
aws s3 sync dist "$site" --delete --exclude "_astro/*" --exclude "js/v1/*" --exclude "_headers" --exclude "sw.js" --cache-control "no-cache"
# Last: a browser that keeps the site fetches what this file lists.
aws s3 cp dist/sw.js "$site/sw.js" --cache-control "no-cache"
aws cloudfront create-invalidation --distribution-id "$DISTRIBUTION" --paths "/*"
