// A small web service with bounds for what it takes.
//     dotnet run --project samples/MoodApi -- --urls http://localhost:5000
//     curl --data-binary @samples/audio/happy-1.mp3 http://localhost:5000/mood
namespace MoodApi;

internal static class Program
{
    private static async Task Main(string[] args) => await Service.Create(args).RunAsync();
}
