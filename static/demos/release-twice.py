import asyncio

SEATS = 2
GUESTS = 4
inside = 0


async def guest(seats, number):
    global inside
    await seats.acquire()
    inside += 1
    print(f"guest {number} sits down: {inside} inside")
    await asyncio.sleep(number)
    inside -= 1
    try:
        seats.release()
        if number == 1:
            seats.release()  # once too often
    except ValueError as error:
        print(f"guest {number} cannot leave: {error}")


async def main():
    seats = asyncio.BoundedSemaphore(SEATS)
    guests = [guest(seats, number) for number in range(1, GUESTS + 1)]
    await asyncio.gather(*guests)


asyncio.run(main())
