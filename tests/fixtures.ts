process.stdout.write(`The reference answers in tests/fixtures/ were written by the scripts tests/fixtures/make*.py, once, and are kept.
To write them again (Python 3.11 or later, CPU only; each file names what made it: NumPy, and PyTorch
for formula.json, which has what the lines of code in the formula figure come to):

  python3 -m venv fixtures-venv
  fixtures-venv/bin/pip install numpy torch==2.6.0
  for script in tests/fixtures/make*.py; do fixtures-venv/bin/python $script; done

Every seed stands in the script. A changed answer needs its reason in the commit message.

tests/fixtures/forward.py goes the other way: it reads what the lab exports (base, adapter and run.py) and does the
forward pass in NumPy, to 1e-5 of the logits that the engine has. It needs no more than NumPy; with safetensors it reads
the files by that, and with PyTorch it runs run.py too. Tried with numpy 2.2.4 and 2.4.6, safetensors 0.5.2, torch 2.6.0:

  fixtures-venv/bin/pip install numpy==2.2.4 safetensors==0.5.2 torch==2.6.0
  node tests/takeHome.ts taken
  fixtures-venv/bin/python tests/fixtures/forward.py taken
`);
