// torch has one random generator a process: a test that seeds it must not share it with another that draws from it meanwhile.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
