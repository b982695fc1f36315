"""sys, os, string and others: what programs ask about their surroundings."""
import os
import string
import sys
import threading


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except BaseException as error:
        print(type(error).__name__, error)


print(sys.version_info >= (3, 11), sys.version_info[:2], sys.version_info.major, sys.version_info < (3, 10), len(sys.argv), sys.byteorder)
sys.stdout.write("written\n")
print("to standard error", file=sys.stderr)
print("to standard output", file=sys.stdout, flush=True)
sys.stdout.flush()
print(isinstance(os.getpid(), int), os.sep, os.environ.get("SIGNALBOX_NOT_SET"), os.environ.get("SIGNALBOX_NOT_SET", "default"), os.getenv("SIGNALBOX_NOT_SET", 3), os.name, repr(os.linesep), (os.cpu_count() or 1) >= 1)
print(string.ascii_lowercase, string.ascii_uppercase, string.digits, string.hexdigits, string.punctuation, len(string.printable), string.capwords("two  words"))
print(threading.current_thread().name, isinstance(threading.get_ident(), int), threading.main_thread().name, threading.active_count() >= 1)
lock = threading.Lock()
with lock:
    print(lock.locked(), lock.acquire(blocking=False))
print(lock.locked())
attempt(lock.release)
again = threading.RLock()
with again, again:
    print("twice")
local = threading.local()
local.value = 3
print(local.value, hasattr(local, "other"), sys.getrecursionlimit(), sys.intern("x"), sys.exc_info())
try:
    1 / 0
except ZeroDivisionError:
    print(sys.exc_info()[0].__name__, sys.exc_info()[1], sys.exception())
attempt(sys.exit, "message")
attempt(sys.exit)
attempt(sys.exit, 3)
print("before")
sys.exit(0)
print("never")
