process.stdout.write(`The reference answers in tests/fixtures/*.json were written by the scripts beside them, once, and are kept.
To write them again (Python 3.11 or later, CPU only):

  python3 -m venv fixtures-venv
  fixtures-venv/bin/pip install numpy torch peft transformers
  fixtures-venv/bin/python tests/fixtures/make.py
  fixtures-venv/bin/python tests/fixtures/make_network.py

Every seed stands in its script. A changed answer needs its reason in the commit message.
`);
