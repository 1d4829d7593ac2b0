process.stdout.write(`The reference answers in tests/fixtures/*.json were written by tests/fixtures/make.py, once, and are kept.
To write them again (Python 3.11 or later, CPU only):

  python3 -m venv fixtures-venv
  fixtures-venv/bin/pip install numpy torch peft transformers
  fixtures-venv/bin/python tests/fixtures/make.py

Every seed stands in the script. A changed answer needs its reason in the commit message.
`);
