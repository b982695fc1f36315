# String literals: escapes, raw, triple, implicit concatenation.
print("tab\there", "new\\n", 'single \'quoted\'', "double \"quoted\"", "\x41\u00e9\U0001F600\101\0end".replace("\0", "0"))
print(r"raw\n\t", R'\d', "line \
continued", "bell\a".encode(), "\b\f\v\r".encode())
print("""triple "quotes" inside
second line""", '''it's''', "")
print("implicit " "concatenation " 'of three', ("over "
      "lines"), "a" "b".upper())
print(len("é"), len("日本語"), "é" == "\u00e9", "\u0301".encode(), repr("é\n\x00\u200b"))
print(u"unicode", "%s" "%s" % ("a", "b"), "a"
      "b")
print("octal \7".encode(), "trailing\\", "\\", '"', "'", repr("'"), repr('"'), repr("'\""))
print("unknown \\d kept", "{}".format("x"), "a\
b")
