import asyncio

DOCTORS = 2
PATIENTS = [(3, "cough"), (1, "burn"), (2, "fracture"), (3, "cold"), (1, "shock")]


async def reception(waiting_room):
    for patient in PATIENTS:
        await waiting_room.put(patient)
        print("arrives:", patient)
        await asyncio.sleep(0.5)


async def doctor(waiting_room, number):
    while True:
        urgency, complaint = await waiting_room.get()
        print(f"doctor {number} treats {complaint} (urgency {urgency})")
        await asyncio.sleep(2)
        waiting_room.task_done()


async def main():
    waiting_room = asyncio.PriorityQueue()
    doctors = [asyncio.create_task(doctor(waiting_room, number)) for number in range(DOCTORS)]
    await reception(waiting_room)
    await waiting_room.join()
    for task in doctors:
        task.cancel()


asyncio.run(main())
