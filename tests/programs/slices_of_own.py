# Indices and slices as objects of the program's own classes see them.
class Shelf:
    def __init__(self):
        self.log = []

    def __getitem__(self, index):
        return index

    def __setitem__(self, index, value):
        self.log.append(("set", index, value))

    def __delitem__(self, index):
        self.log.append(("del", index))


shelf = Shelf()
print(shelf[1], shelf["a"], shelf[1:2], shelf[::3], shelf[1, 2], shelf[1:2, ::3], shelf[...], shelf[:], shelf[()])
shelf[0] = "zero"
shelf[1:3] = "slice"
shelf["x", "y"] = "tuple"
del shelf[0], shelf[5:]
print(shelf.log)
index = shelf[2:10:3]
print(index.start, index.stop, index.step)
