#!/usr/bin/env bash
# Nothing in the sources knows where one machine keeps them.
set -euo pipefail
cd "$GS_SOURCE"

here=/$(cut -d/ -f2 <<<"$PWD")/
case $here in
/usr/ | /tmp/ | /var/ | /dev/) here=$PWD/ ;;
esac
if grep -rnIF --exclude-dir=.git --exclude=.git --exclude-dir='build*' -- "$here" .; then
    echo "these lines name a path of this machine ($here)"
    exit 1
fi
