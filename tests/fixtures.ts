process.stdout.write(`The reference answers in tests/fixtures/ were written by the scripts tests/fixtures/make*.py, once, and are kept.
To write them again (Python 3.11 or later, CPU only; each file names the NumPy that made it):

  python3 -m venv fixtures-venv
  fixtures-venv/bin/pip install numpy
  for script in tests/fixtures/make*.py; do fixtures-venv/bin/python $script; done

Every seed stands in the script. A changed answer needs its reason in the commit message.
`);
