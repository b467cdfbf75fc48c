using SongMood.Audio;
using SongMood.Catalogue;

AudioFile.Register(new DeadlyDecoder());
await CatalogueWorker.RunAsync(new StreamReader(Console.OpenStandardInput()), Console.Out);
