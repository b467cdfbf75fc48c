// A page on which songs are dropped, and told the mood of (docs/page.md).
//     dotnet run --project samples/MoodPage
using MoodPage;

MoodPageApp.Create(args).Run();
