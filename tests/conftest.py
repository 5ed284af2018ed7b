"""What holds for all tests."""

import signal

# A shell starts what it runs in the background with the interrupt ignored, and programs hand that on to
# those they start: tests that interrupt a command would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
