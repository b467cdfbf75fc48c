// Samples and pages use the process's console, current folder and torch's one stream of random numbers.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
